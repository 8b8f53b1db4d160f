/** A server of servlets, of which its folder alone is taken out of an image. */
export interface ServletServer {
  readonly name: 'Tomcat' | 'Jetty';
  /** What its generation of servlets is imported as. */
  readonly names: 'javax' | 'jakarta';
  /** The version of the API of servlets from which on it is taken. */
  readonly since: string;
  readonly image: string;
  /** Its folder, in its image and in ours. */
  readonly home: string;
  /** The folder of the archive that answers at /. */
  readonly root: string;
  /** Whose its folder is where the image has another user. */
  readonly user?: 'root';
  /** Where its folder is made ready, and how: it writes to /tmp alone, and no file of requests. */
  readonly folder: string;
  readonly setup: { readonly mounts: readonly string[]; readonly commands: readonly string[] };
  /** The oldest Java that runs it. */
  readonly least: number;
  /** Its own main class with its options, behind those of the JVM: no shell starts it. */
  readonly start: readonly string[];
}

const TOMCAT = '/usr/local/tomcat';
const tomcat = {
  name: 'Tomcat',
  home: TOMCAT,
  root: `${TOMCAT}/webapps/ROOT/`,
  folder: TOMCAT,
  setup: {
    mounts: [],
    commands: [
      `sed -i 's|<Context>|<Context workDir="/tmp/work">|' conf/context.xml`,
      "sed -i '/AccessLogValve/,/\\/>/d' conf/server.xml",
      'mkdir -p conf/Catalina/localhost',
      'rm -rf webapps.dist native-jni-lib work temp logs',
    ],
  },
  // what catalina.sh starts
  start: [
    `-Dcatalina.home=${TOMCAT}`,
    '-Djava.io.tmpdir=/tmp',
    '-cp',
    `${TOMCAT}/bin/bootstrap.jar:${TOMCAT}/bin/tomcat-juli.jar`,
    'org.apache.catalina.startup.Bootstrap',
    'start',
  ],
} as const;

const JETTY = '/usr/local/jetty';
/** https://jetty.org/docs/jetty/12/operations-guide/start/index.html; each generation of servlets is a module of Jetty 12. */
const jetty = (environment: string) =>
  ({
    name: 'Jetty',
    home: JETTY,
    root: `${JETTY}/base/webapps/ROOT/`,
    folder: `${JETTY}/base`,
    setup: {
      mounts: [],
      commands: [
        `java -Djetty.base=${JETTY}/base -jar ${JETTY}/start.jar --add-modules=server,http,${['deploy', 'annotations', 'jsp', 'websocket-jakarta'].map((name) => `${environment}-${environment === 'ee8' && name === 'websocket-jakarta' ? 'websocket-javax' : name}`).join(',')}`,
      ],
    },
    user: 'root',
    least: 17,
    start: [
      `-Djetty.home=${JETTY}`,
      `-Djetty.base=${JETTY}/base`,
      '-Djava.io.tmpdir=/tmp',
      '-jar',
      `${JETTY}/start.jar`,
    ],
  }) as const;

/**
 * https://tomcat.apache.org/whichversion.html: Tomcat 9 is the last of javax.servlet, 10.1 has Servlet 6.0, 11 has 6.1.
 * https://jetty.org/docs/jetty/12.1/operations-guide/introduction.html: ee8 is javax, ee9 Servlet 5, ee10 6.0, ee11 6.1;
 * images of Jetty 9 to 11 are no longer made (docker-library/official-images `library/jetty`).
 */
export const SERVERS: readonly ServletServer[] = [
  { ...tomcat, names: 'jakarta', since: '6.1', image: 'tomcat:11.0', least: 17 },
  { ...tomcat, names: 'jakarta', since: '0', image: 'tomcat:10.1', least: 11 },
  { ...tomcat, names: 'javax', since: '0', image: 'tomcat:9.0', least: 8 },
  { ...jetty('ee11'), names: 'jakarta', since: '6.1', image: 'jetty:12.1' },
  { ...jetty('ee10'), names: 'jakarta', since: '6', image: 'jetty:12.0' },
  { ...jetty('ee9'), names: 'jakarta', since: '0', image: 'jetty:12.0' },
  { ...jetty('ee8'), names: 'javax', since: '0', image: 'jetty:12.0' },
];
