import { expect, test } from "vitest";
import { configMap, hintTexts, needsIn, needTexts, SERVERS, workload } from "./needs.fixture.ts";

/** What a workload `web` with the container needs, but for the servers' own needs. */
function ofContainer(container: Readonly<Record<string, unknown>>, more: readonly object[] = [], spec = {}) {
  const needs = needsIn([...SERVERS, workload("Deployment", "web", container, spec), ...more]);
  return {
    edges: needTexts(needs).flatMap((text) =>
      text.startsWith("shop/web[Deployment] > ") ? [text.slice(23).replaceAll("shop/", "")] : [],
    ),
    hints: hintTexts(needs),
  };
}

function ofVariable(name: string, value: string) {
  return ofContainer({ env: [{ name, value }] });
}

const API = "api[Deployment] TCP/8080";

const VARIABLES: readonly (readonly [name: string, value: string, edges: readonly string[]])[] = [
  ["API_URL", "http://api", [API]],
  ["API_URL", "http://api:80/v1?x=1", [API]],
  ["API_URL", "http://api.shop", [API]],
  ["API_URL", "http://api.shop.svc/", [API]],
  ["API_URL", "HTTP://API.shop.svc.cluster.local.:80", [API]],
  ["API_ADDR", "api:80", [API]],
  ["API_HOST", "api", [API]],
  ["PRODUCT_CATALOG_SERVICE_ADDR", "api:80", [API]],
  ["DATABASE_URL", "postgres://user:p%40ss/word@postgres/app?sslmode=disable", ["postgres[Deployment] TCP/5432"]],
  ["SPRING_DATASOURCE_URL", "jdbc:postgresql://postgres/app", ["postgres[Deployment] TCP/5432"]],
  ["JDBC", "jdbc:mysql://mysql:3306/app?useSSL=false", ["mysql[Deployment] TCP/3306"]],
  ["DSN", "user:secret@tcp(mysql:3306)/app?parseTime=true", ["mysql[Deployment] TCP/3306"]],
  ["SQLALCHEMY_DATABASE_URI", "postgresql+psycopg2://u:p@postgres/app", ["postgres[Deployment] TCP/5432"]],
  ["CELERY_BROKER_URL", "amqp://guest:guest@rabbitmq//", ["rabbitmq[Deployment] TCP/5672"]],
  ["RABBITMQ_HOST", "rabbitmq", ["rabbitmq[Deployment] TCP/5672"]],
  ["KAFKA_BOOTSTRAP_SERVERS", "kafka-0.kafka:9092,kafka-1.kafka:9092", ["kafka[Deployment] TCP/9092"]],
  ["KAFKA_ZOOKEEPER_CONNECT", "zk:2181/kafka", ["zk[Deployment] TCP/2181"]],
  ["MONGO_URL", "mongodb://mongo-0.mongo,mongo-1.mongo:27017/app?replicaSet=rs0", ["mongo[Deployment] TCP/27017"]],
  ["REDIS", "redis", ["redis[Deployment] TCP/6379"]],
  ["REDIS_URL", "redis://:pw@redis/0", ["redis[Deployment] TCP/6379"]],
  ["PGHOST", "postgres", ["postgres[Deployment] TCP/5432"]],
  ["POSTGRES_SEEDS", "postgres", ["postgres[Deployment] TCP/5432"]],
  ["DB_HOSTS", "db-0.db, db-1.db", ["db[StatefulSet] TCP/5432"]],
  ["ELASTICSEARCH_HOSTS", '["http://es:9200"]', ["es[Deployment] TCP/9200"]],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4317", ["otel[Deployment] TCP/4317"]],
  ["MINIO", "http://minio-0.minio.shop.svc.cluster.local:9000/data", ["minio[Deployment] TCP/9000"]],
  ["MINIO_VOLUMES", "http://minio-{0...3}.minio.shop.svc:9000/data", ["minio[Deployment] TCP/9000"]],
  ["COLLECTOR", "dns:///otel.shop:4317", ["otel[Deployment] TCP/4317"]],
  ["STORES", "dnssrv+_sql._tcp.postgres.shop.svc.cluster.local", ["postgres[Deployment] TCP/5432"]],
  ["KUBELET_ADDRESS_TYPES", "api,redis", []],
  ["HDFS", "hdfs://namenode:8020", ["namenode[Deployment] TCP/8020"]],
  ["JAVA_OPTS", "-Xmx1g -Dspring.redis.host=redis -Dapi=http://api", [API, "redis[Deployment] TCP/6379"]],
  ["ES_SEEDS", "es-0.es:9300,es-1.es:9300", ["es[Deployment] TCP/9300"]],
  ["KUBERNETES_API", "https://kubernetes.default.svc", ["api-server TCP/443"]],
  ["PROCESSOR_URL", "https://pay.example.com/v1", ["domain pay.example.com TCP/443"]],
  ["SMTP_SERVER", "mail.example.com:587", ["domain mail.example.com TCP/587"]],
  ["UPSTREAM", "http://203.0.113.7:8080", ["203.0.113.7 TCP/8080"]],
  // What only looks like a destination.
  ["DB_NAME", "db", []],
  ["POSTGRES_DB", "postgres", []],
  ["APP", "api", []],
  ["SERVER_NAME", "api", []],
  ["IMAGE", "redis:7", []],
  ["SCHEDULE", "12:30", []],
  ["LISTEN", "0.0.0.0:8080", []],
  ["BIND_ADDRESS", "127.0.0.1:80", []],
  ["SELF", "http://localhost:8080", []],
  ["SOCKET", "unix:///var/run/docker.sock", []],
  ["BUCKET_URL", "s3://redis/path", []],
  ["TEMPLATE", "http://${HOST}:8080 http://{{ .Host }}/", []],
  ["PUBLIC_URL", "https://shop.example.com", []],
  ["CLASS", "com.example.api.Server", []],
];

for (const [name, value, edges] of VARIABLES) {
  test(`${name}=${value} asks for ${edges.join(", ") || "nothing"}`, () => {
    expect(ofVariable(name, value).edges).toEqual(edges.toSorted());
  });
}

const COMMANDS: readonly (readonly [words: readonly string[], edges: readonly string[]])[] = [
  [["sh", "-c", "until nc -z -w 2 postgres 5432; do sleep 1; done"], ["postgres[Deployment] TCP/5432"]],
  [["nc", "-zv", "redis", "6379"], ["redis[Deployment] TCP/6379"]],
  [["wait-for-it.sh", "mysql:3306", "--", "app"], ["mysql[Deployment] TCP/3306"]],
  [["dockerize", "-wait", "tcp://rabbitmq:5672"], ["rabbitmq[Deployment] TCP/5672"]],
  [["sh", "-c", "pg_isready -h postgres"], ["postgres[Deployment] TCP/5432"]],
  [["sh", "-c", "mysqladmin ping -h mysql --silent"], ["mysql[Deployment] TCP/3306"]],
  [["redis-server", "--replicaof", "redis 6379"], ["redis[Deployment] TCP/6379"]],
  [["redis-server", "--slaveof", "redis", "6379"], ["redis[Deployment] TCP/6379"]],
  [
    ["app", "--redis-addr=redis:6379", "--db-host", "postgres"],
    ["postgres[Deployment] TCP/5432", "redis[Deployment] TCP/6379"],
  ],
  [["etcd", "--initial-cluster=db-0=http://db-0.db:2380,db-1=http://db-1.db:2380"], ["db[StatefulSet] TCP/2380"]],
  [["app", "--endpoint=dns+otel.shop.svc:4317"], ["otel[Deployment] TCP/4317"]],
  [["bash", "-c", "ncat --recv-only mongo-$(($ordinal-1)).mongo 3307 | xbstream -x"], ["mongo[Deployment] TCP/3307"]],
  [["sh", "-c", "curl http://$HOST.example.com"], []],
  [["sleep", "5432"], []],
  [["app", "--port", "6379", "--name=redis"], []],
  [["app", "--tls-server-name=api.shop.svc"], []],
];

for (const [command, edges] of COMMANDS) {
  test(`${command.join(" ")} asks for ${edges.join(", ") || "nothing"}`, () => {
    expect(ofContainer({ command }).edges).toEqual(edges);
  });
}

const FILES: readonly (readonly [file: string, text: string, edges: readonly string[]])[] = [
  ["envoy.yaml", "socket_address: { address: es, port_value: 9200 }\n", ["es[Deployment] TCP/9200"]],
  ["envoy2.yaml", "socket_address:\n  address: es\n  port_value: 9200\n", ["es[Deployment] TCP/9200"]],
  ["redis.conf", "replicaof redis 6379\n", ["redis[Deployment] TCP/6379"]],
  ["app.yaml", "database:\n  host: postgres\n  port: 5432\n  name: mysql\n", ["postgres[Deployment] TCP/5432"]],
  ["app.yaml", "redis:\n  addresses:\n    - redis:6379\n  # old: mysql:3306\n", ["redis[Deployment] TCP/6379"]],
  ["app.yaml", "memberlist:\n  join_members:\n    - es\n", []],
  [
    "app.properties",
    "spring.datasource.url=jdbc:mysql://mysql/app\n#x=http://redis:6379\n",
    ["mysql[Deployment] TCP/3306"],
  ],
  [
    "nginx.conf",
    "upstream a { server api:80; }\nlocation / { proxy_pass http://es:9200/; }\n",
    [API, "es[Deployment] TCP/9200"],
  ],
  ["haproxy.cfg", "backend b\n  server s1 mysql:3306 check\n", ["mysql[Deployment] TCP/3306"]],
  [
    "app.json",
    '{"db": {"host": "postgres", "port": 5432}, "url": "amqp://rabbitmq"}',
    ["postgres[Deployment] TCP/5432", "rabbitmq[Deployment] TCP/5672"],
  ],
  ["app.json", '{\n  "db": {\n    "host": "postgres",\n    "port": 5432\n  }\n}', ["postgres[Deployment] TCP/5432"]],
  ["app.toml", '[cache]\naddr = "redis:6379"\n', ["redis[Deployment] TCP/6379"]],
  ["core-site.xml", "<value>hdfs://namenode:8020</value>", ["namenode[Deployment] TCP/8020"]],
  ["start.sh", "#!/bin/sh\n# http://mysql:3306\nexec app --api http://api\n", [API]],
  ["datasource.yaml", "datasources:\n- name: A\n  url: http://es:9200\n", ["es[Deployment] TCP/9200"]],
  ["notes.md", "See https://example.com/docs for more.\n", []],
];

for (const [file, text, edges] of FILES) {
  test(`${file} with ${JSON.stringify(text)} asks for ${edges.join(", ") || "nothing"}`, () => {
    const volumes = [{ name: "c", configMap: { name: "files" } }];
    expect(ofContainer({}, [configMap("files", { [file]: text })], { volumes }).edges).toEqual(edges.toSorted());
  });
}
