"""WeChat and WeCom: the only room that speaks to the platforms."""
