"""The whole program against the sandbox: real processes, real HTTP, a clock moved by hand."""
