import { compare, SERVERS } from '../../../catalog/java-tools.ts';
import type { Module } from './build.ts';

/** The server that an archive of servlets goes into, or why there is none. */
export type Server = { readonly image: string; readonly from: string } | { readonly because: string };

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

/** `generation`: what the sources import, `javax` or `jakarta`. */
export function serverOf(module: Module, generation: 'javax' | 'jakarta' | undefined): Server {
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
  const api = module.dependencies.find(({ id }) => /^(?:javax|jakarta)\.servlet:/.test(id));
  // Jakarta EE 8 has the names of javax in the coordinates of jakarta
  const old = api?.id.startsWith('javax.') || (api?.version !== undefined && compare(api.version, '5') < 0);
  const kind = generation ?? (api === undefined ? undefined : old ? 'javax' : 'jakarta');
  if (kind === undefined)
    return { because: `nothing says which generation of servlets its archive needs (javax or jakarta)` };
  const row = SERVERS.find(({ names, since }) => names === kind && compare(api?.version ?? '6', since) >= 0);
  if (row === undefined) return { because: `no server takes ${api?.id} ${api?.version}` };
  return {
    image: row.image,
    from: generation === undefined ? `${api?.from} → ${api?.id}` : `its sources import ${kind}.servlet`,
  };
}
