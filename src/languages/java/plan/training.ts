import { compare } from '../../../catalog/java-tools.ts';
import { has, type Module, type Product, shipped } from '../evidence/build.ts';
import { hasTools } from './build.ts';
import { laid } from './runtime.ts';

/** A run of the program in the build, which keeps the classes that it loads. */
export interface Training {
  readonly command: readonly string[];
  /** The file that it makes, and what the program is started with to use it. */
  readonly file: string;
  readonly option: string;
}

/** Libraries that connect to something as the context is refreshed. */
const CONNECTS =
  /:spring-boot-starter-(?:jdbc|data-(?!rest)\w+|batch|integration|quartz|amqp|artemis|activemq|liquibase|flyway|ldap)|:flyway-|:liquibase-core|:spring-kafka|:spring-boot-starter-kafka|:spring-cloud-starter-(?:config|netflix-eureka-client|consul|zookeeper|vault|bootstrap)|:mongodb-|:jedis$|:lettuce-core$|:spring-session/;

/**
 * The run that is proved to need nothing from outside: Spring Boot ends it when its context is refreshed. `because`: why
 * there is none.
 */
export function trainingOf(to: {
  readonly module: Module;
  readonly product: Product;
  readonly java: string;
  readonly jdk: number;
  readonly linked: boolean;
  readonly options: readonly string[];
}): Training | { readonly because: string } {
  const { module, product, java, jdk, linked, options } = to;
  const connects = shipped(module).find(({ id }) => CONNECTS.test(id));
  if (product.layout !== 'boot' || !hasTools(product) || compare(product.version ?? '0', '3.3') < 0)
    return { because: 'only Spring Boot from 3.3 on has a start that ends by itself' };
  if (connects !== undefined)
    return { because: `${connects.id} (${connects.from}) connects to something as it starts` };
  if (jdk < 17)
    return { because: `Java ${jdk} has no archive of an application’s classes that is made as it ends` };
  if (linked && jdk < 25)
    return { because: 'a runtime that jlink links has no archive of its own classes to build upon' };
  if (has(module, 'org.springframework.boot:spring-boot-devtools'))
    return { because: 'the developer tools load classes anew' };
  // https://docs.spring.io/spring-boot/reference/packaging/class-data-sharing.html; one step since 25, JEP 514
  const aot = jdk >= 25;
  const file = aot ? 'app.aot' : 'app.jsa';
  return {
    command: [
      java,
      ...options,
      `-XX:${aot ? 'AOTCacheOutput' : 'ArchiveClassesAtExit'}=/tmp/${file}`,
      '-Dspring.context.exit=onRefresh',
      ...laid(product).start(''),
    ],
    file,
    option: `-XX:${aot ? 'AOTCache' : 'SharedArchiveFile'}=${file}`,
  };
}
