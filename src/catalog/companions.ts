/** A database or broker that a project's libraries speak to, as a service beside it. */
export interface Companion {
  readonly name: string;
  /** A release line, so that a pull gets its patches. */
  readonly image: string;
  /** Packages that speak to it, by the names that manifests of any language have. */
  readonly clients: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it keeps what must outlive it. */
  readonly volume: string;
  /** A command of its image that succeeds once it answers. */
  readonly check: readonly string[];
  /** Variables of the program that say where it is, with the value that is right beside it. */
  readonly variables: Readonly<Record<string, string>>;
}

const POSTGRES = 'postgres://app:${POSTGRES_PASSWORD:?}@postgres:5432/app';
const MYSQL = 'mysql://app:${MYSQL_PASSWORD:?}@mysql:3306/app';

/** Passwords are variables without a value: compose asks for them by name, or takes them from .env. */
export const COMPANIONS: readonly Companion[] = [
  {
    name: 'postgres',
    // https://hub.docker.com/_/postgres: since 18 the data lies in a folder of its version below this one
    image: 'postgres:18',
    clients: [
      ...['pg', 'postgres', 'pg-promise', 'pg-native', '@prisma/adapter-pg', 'slonik'],
      ...['github.com/lib/pq', 'github.com/jackc/pgx', 'gorm.io/driver/postgres', 'github.com/go-pg/pg'],
      ...['psycopg', 'psycopg2', 'psycopg2-binary', 'asyncpg', 'pg8000'],
      ...['org.postgresql', 'quarkus-jdbc-postgresql', 'r2dbc-postgresql', 'libpqxx'],
    ],
    environment: { POSTGRES_USER: 'app', POSTGRES_DB: 'app', POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:?}' },
    volume: '/var/lib/postgresql',
    check: ['CMD', 'pg_isready', '--username', 'app'],
    variables: {
      DATABASE_URL: POSTGRES,
      POSTGRES_URL: POSTGRES,
      ...{ PGHOST: 'postgres', POSTGRES_HOST: 'postgres', DB_HOST: 'postgres', DATABASE_HOST: 'postgres' },
    },
  },
  {
    name: 'mysql',
    image: 'mysql:8.4',
    clients: [
      ...['mysql', 'mysql2', 'mariadb', '@prisma/adapter-mariadb'],
      ...['github.com/go-sql-driver/mysql', 'gorm.io/driver/mysql'],
      ...['mysqlclient', 'pymysql', 'PyMySQL', 'aiomysql', 'mysql-connector-python'],
      ...['mysql-connector-j', 'mysql-connector-java', 'quarkus-jdbc-mysql', 'mariadb-java-client'],
    ],
    environment: {
      MYSQL_USER: 'app',
      MYSQL_DATABASE: 'app',
      MYSQL_PASSWORD: '${MYSQL_PASSWORD:?}',
      MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
    },
    volume: '/var/lib/mysql',
    check: ['CMD-SHELL', 'mysqladmin ping --host 127.0.0.1 --user app --password="$$MYSQL_PASSWORD"'],
    variables: {
      DATABASE_URL: MYSQL,
      MYSQL_URL: MYSQL,
      ...{ MYSQL_HOST: 'mysql', DB_HOST: 'mysql', DATABASE_HOST: 'mysql' },
    },
  },
  {
    name: 'mongo',
    image: 'mongo:8.0',
    clients: [
      ...['mongodb', 'mongoose', 'go.mongodb.org/mongo-driver', 'pymongo', 'motor', 'mongoengine', 'beanie'],
      ...['spring-boot-starter-data-mongodb', 'mongodb-driver-sync', 'quarkus-mongodb-client', 'libmongoc'],
    ],
    environment: {},
    volume: '/data/db',
    check: ['CMD', 'mongosh', '--quiet', '--eval', 'db.adminCommand("ping").ok'],
    variables: {
      MONGODB_URI: 'mongodb://mongo:27017/app',
      MONGO_URI: 'mongodb://mongo:27017/app',
      MONGO_URL: 'mongodb://mongo:27017/app',
      MONGO_HOST: 'mongo',
    },
  },
  {
    name: 'redis',
    image: 'redis:8',
    clients: [
      ...[
        'redis',
        'ioredis',
        '@redis/client',
        'bullmq',
        'bull',
        'connect-redis',
        'hiredis',
        'redis-plus-plus',
      ],
      ...['github.com/redis/go-redis', 'github.com/go-redis/redis', 'github.com/gomodule/redigo'],
      ...['django-redis', 'aioredis', 'jedis', 'lettuce-core', 'spring-boot-starter-data-redis'],
    ],
    environment: {},
    volume: '/data',
    check: ['CMD', 'redis-cli', 'ping'],
    variables: { REDIS_URL: 'redis://redis:6379', REDIS_HOST: 'redis' },
  },
  {
    name: 'rabbitmq',
    image: 'rabbitmq:4',
    clients: [
      ...[
        'amqplib',
        'amqp-connection-manager',
        'github.com/rabbitmq/amqp091-go',
        'github.com/streadway/amqp',
      ],
      ...['pika', 'aio-pika', 'amqp-client', 'spring-boot-starter-amqp', 'librabbitmq'],
    ],
    environment: { RABBITMQ_DEFAULT_USER: 'app', RABBITMQ_DEFAULT_PASS: '${RABBITMQ_PASSWORD:?}' },
    volume: '/var/lib/rabbitmq',
    check: ['CMD', 'rabbitmq-diagnostics', '--quiet', 'ping'],
    variables: {
      AMQP_URL: 'amqp://app:${RABBITMQ_PASSWORD:?}@rabbitmq:5672',
      RABBITMQ_URL: 'amqp://app:${RABBITMQ_PASSWORD:?}@rabbitmq:5672',
      RABBITMQ_HOST: 'rabbitmq',
    },
  },
  {
    name: 'kafka',
    // https://hub.docker.com/r/apache/kafka: one node that is broker and controller
    image: 'apache/kafka:4.1.0',
    clients: [
      ...['kafkajs', 'node-rdkafka', '@confluentinc/kafka-javascript'],
      ...[
        'github.com/segmentio/kafka-go',
        'github.com/IBM/sarama',
        'github.com/confluentinc/confluent-kafka-go',
      ],
      ...['confluent-kafka', 'kafka-python', 'aiokafka', 'kafka-clients', 'spring-kafka', 'librdkafka'],
    ],
    environment: {
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      // by the name that others call it by, not by localhost
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://kafka:9092',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    },
    volume: '/var/lib/kafka/data',
    check: ['CMD-SHELL', '/opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server localhost:9092'],
    variables: { KAFKA_BROKERS: 'kafka:9092', KAFKA_BOOTSTRAP_SERVERS: 'kafka:9092' },
  },
];
