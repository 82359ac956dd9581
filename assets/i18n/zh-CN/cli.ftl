# 命令行 fahuoctl。

cli-about = 发货台命令行：检查和发送发货文件
