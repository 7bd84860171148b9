// The warnings of a connection and the errors of a dump in Chinese.

import type { WarningCode } from "../../sources/api/connection-warning.ts";
import type { DumpErrorCode } from "../../sources/dump/dump-error.ts";

export const WARNING_TEXTS_ZH_CN: Readonly<Record<WarningCode, string>> = {
  "insecure-skip-tls-verify":
    "{server}：未检查服务器证书（insecure-skip-tls-verify）；中间的任何人都能读取内容并冒充服务器应答",
  "plain-http": "{server}：使用明文 HTTP；凭据和应答在传输途中可被读取",
  "data-over-file": "{field}：同时给出了数据和文件；以数据为准",
  server: "{server} 提示：{words}",
};

export const DUMP_ERROR_TEXTS_ZH_CN: Readonly<Record<DumpErrorCode, string>> = {
  "not-a-dump": "{file}：不是 Ringwall 转储",
  "unknown-version": "{file}：转储格式版本为 {version}，此版本的 Ringwall 只能读取 {known}；请使用更新的 Ringwall",
  truncated: "{file}：转储在第 {line} 行之后结束，缺少结尾行：文件被截断；请重新转储",
  damaged: "{file}:{line}：转储在此处损坏（{detail}）；请重新转储",
  "wrong-count": "{file}：转储应包含 {expected} 个对象，实际为 {found} 个：文件已损坏；请重新转储",
};
