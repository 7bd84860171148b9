// The warnings of a connection and the errors of a dump in Chinese.

import type { WarningCode } from "../../sources/api/connection-warning.ts";
import type { DumpErrorCode } from "../../sources/dump/dump-error.ts";

export const WARNING_TEXTS_ZH_CN: Readonly<Record<WarningCode, string>> = {
  "insecure-skip-tls-verify":
    "{server}：未检查服务器证书（insecure-skip-tls-verify）；中间的任何人都能读取内容并冒充服务器应答",
  "plain-http":
    "{server}：使用明文 HTTP：应答在传输途中可被读取，因此与 kubectl 一样不发送任何凭据；要登录请使用 https://",
  "data-over-file": "{field}：同时给出了数据和文件；以数据为准",
  "key-without-certificate": "{field}：没有客户端证书，密钥不起作用，未使用",
  "own-cluster": "{files}：其中没有上下文，或文件不存在；改为用服务账户读取此 Pod 所在的集群",
  "plugin-expired":
    "用户“{name}”的凭据插件“{command}”给出的凭据已于 {date} 过期；与 kubectl 一样仍会使用，并在每次请求时重新询问插件；请重新登录，并检查本机时钟",
  "plugin-waiting": "正在等待用户“{name}”的凭据插件“{command}”；按 Control-C 可结束",
  server: "{server} 提示：{words}",
};

export const DUMP_ERROR_TEXTS_ZH_CN: Readonly<Record<DumpErrorCode, string>> = {
  "not-a-dump": "{file}：不是 Ringwall 转储",
  "unknown-version": "{file}：转储格式版本为 {version}，此版本的 Ringwall 只能读取 {known}；请使用更新的 Ringwall",
  truncated: "{file}：转储在第 {line} 行之后结束，缺少结尾行：文件被截断；请重新转储",
  damaged: "{file}:{line}：转储在此处损坏（{detail}）；请重新转储",
  "wrong-count": "{file}：转储应包含 {expected} 个对象，实际为 {found} 个：文件已损坏；请重新转储",
};
