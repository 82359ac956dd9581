# 导入文件：检查、发送、结果。

import-title = 导入
