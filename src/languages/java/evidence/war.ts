import { SERVERS, type ServletServer } from '../../../catalog/java-servers.ts';
import { compare } from '../../../catalog/java-tools.ts';
import type { Found } from '../../../facts/language.ts';
import type { Module } from './build.ts';

/** The server that an archive of servlets goes into, or why there is none. */
export type Server = (ServletServer & { readonly from: string }) | { readonly because: string };

/** Plugins and libraries by which an archive is made for one server, or for more than servlets. */
const OTHERS: readonly { readonly id: RegExp; readonly name: string }[] = [
  { id: /:wildfly-(?:maven-plugin|jar-maven-plugin)$|^cargo:(?:wildfly|jboss)/, name: 'WildFly' },
  { id: /:liberty-maven-plugin$|^cargo:(?:liberty|websphere)/, name: 'Liberty' },
  { id: /:payara-(?:micro-)?maven-plugin$|^fish\.payara|^cargo:payara/, name: 'Payara' },
  { id: /:glassfish-maven-plugin$|:maven-embedded-glassfish-plugin$|^cargo:glassfish/, name: 'GlassFish' },
  { id: /:weblogic-maven-plugin$|^cargo:weblogic/, name: 'WebLogic' },
  { id: /:tomee-(?:embedded-)?maven-plugin$|^cargo:tomee/, name: 'TomEE' },
  {
    id: /^(?:jakarta\.platform:jakarta\.jakartaee-api|javax:javaee-api)$/,
    name: 'a server of all of Jakarta EE',
  },
];

/** Plugins that start an archive of servlets while it is written. */
const TRIED: readonly (readonly [ServletServer['name'], RegExp])[] = [
  ['Tomcat', /:tomcat\d*-maven-plugin$|^cargo:tomcat|^com\.bmuschko\.tomcat$/],
  [
    'Jetty',
    /^org\.eclipse\.jetty(?:\.ee\d+)?:jetty(?:-ee\d+)?-maven-plugin$|^org\.mortbay\.jetty:|^cargo:jetty/,
  ],
];

/** `generation`: what the sources import; `described`: servers whose own files stand beside its pages. */
/**
 * What stands beside servlets in a server of more than servlets: an archive that leaves it to its server has none of its
 * own. https://tomcat.apache.org/whichversion.html lists what is in one of servlets.
 */
const MORE = /^(?:javax|jakarta)\.(?:ws\.rs|ejb|enterprise|faces|jms|batch|platform|resource|persistence):/;

export function serverOf(
  module: Module,
  generation: 'javax' | 'jakarta' | undefined,
  described: readonly Found<ServletServer['name']>[],
): Server {
  const ids = [
    ...module.plugins.keys(),
    ...module.dependencies.map(({ id }) => id),
    ...(module.containers ?? []).map((name) => `cargo:${name}`),
  ];
  const other = OTHERS.find(({ id }) => ids.some((one) => id.test(one)));
  if (other !== undefined)
    return {
      because: `its archive is made for ${other.name} (${ids.find((one) => other.id.test(one))}), whose image is its own`,
    };
  const more = module.dependencies.find(({ id, scope }) => scope === 'provided' && MORE.test(id));
  if (more !== undefined)
    return {
      because: `its archive leaves ${more.id} to its server (${more.from}), which one of servlets alone does not have`,
    };
  const api = module.dependencies.find(({ id }) => /^(?:javax|jakarta)\.servlet:/.test(id));
  // Jakarta EE 8 has the names of javax in the coordinates of jakarta
  const old = api?.id.startsWith('javax.') || (api?.version !== undefined && compare(api.version, '5') < 0);
  const kind = generation ?? (api === undefined ? undefined : old ? 'javax' : 'jakarta');
  if (kind === undefined)
    return { because: `nothing says which generation of servlets its archive needs (javax or jakarta)` };
  const tried = TRIED.flatMap(([value, id]) => {
    const by = ids.find((one) => id.test(one));
    return by === undefined ? [] : [{ value, from: `${module.file} → ${by}` }];
  });
  // one alone that its build or its files know; else the one that most know
  const [said, second] = described.length > 0 ? described : tried;
  const name = said !== undefined && second === undefined ? said.value : 'Tomcat';
  const version = api?.version !== undefined && /^\d/.test(api.version) ? api.version : '6';
  const row = SERVERS.find(
    (one) => one.name === name && one.names === kind && compare(version, one.since) >= 0,
  );
  if (row === undefined) return { because: `no server takes ${api?.id} ${api?.version}` };
  const from = generation === undefined ? `${api?.from} → ${api?.id}` : `its sources import ${kind}.servlet`;
  return { ...row, from: name === 'Jetty' && said !== undefined ? `${from}, ${said.from}` : from };
}
