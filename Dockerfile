# One image for every role: `serve --role web|worker|clock`, `db upgrade`, `demo`.
FROM python:3.13-slim AS packages
WORKDIR /srv/yihu
COPY requirements.lock .
# Everything comes as a wheel: no compiler here, and none in the image.
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --only-binary :all: --require-hashes -r requirements.lock

FROM python:3.13-slim
RUN useradd --system --create-home --uid 10001 yihu \
 && install -d -o yihu -g yihu /var/lib/yihu
WORKDIR /srv/yihu
COPY --from=packages /srv/yihu/.venv .venv
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot bot
COPY config config
COPY handlers handlers
COPY schedules schedules
# In place, as on any machine: an ordinary install could meet another `config`.
RUN .venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
 && .venv/bin/python -m compileall -q bot config handlers schedules
ENV PATH=/srv/yihu/.venv/bin:$PATH PYTHONUNBUFFERED=1 \
    YIHU_DATA_DIR=/var/lib/yihu YIHU_HOST=0.0.0.0 YIHU_PORT=8000
USER yihu
VOLUME /var/lib/yihu
EXPOSE 8000
# For `web` and `all`; a worker or clock has no page to ask, see compose.yaml.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['YIHU_PORT']}/healthz\", timeout=2)"]
ENTRYPOINT ["yihu"]
CMD ["serve"]
