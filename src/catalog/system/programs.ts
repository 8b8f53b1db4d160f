/** Packages that bring a program, by the command that installs them; none: the image has it already. */
export interface ProgramPackages {
  readonly apk: readonly string[];
  readonly apt: readonly string[];
}

/** What a row says: the names that are typed, Debian's packages, and Alpine's where they are called otherwise. */
type Row = readonly [names: string, apt: string, apk?: string];

/** A browser draws no letters without a font. */
const FONT = ['fonts-freefont-ttf', 'font-freefont'] as const;

/** Programs that others call by name. Looked up in Debian 13 and in Alpine 3.24. */
const ROWS: readonly Row[] = [
  ['7z 7za 7zz', '7zip'],
  ['antiword', 'antiword'],
  ['aria2c', 'aria2'],
  ['bash', '', 'bash'],
  [
    'chromium chromium-browser google-chrome google-chrome-stable chrome headless-shell headless_shell',
    `chromium ${FONT[0]}`,
    `chromium ${FONT[1]}`,
  ],
  ['chromedriver', 'chromium-driver', 'chromium-chromedriver'],
  ['clamscan', 'clamav'],
  ['convert identify mogrify montage composite magick', 'imagemagick'],
  ['curl', 'curl'],
  ['cwebp dwebp gif2webp', 'webp', 'libwebp-tools'],
  ['dig nslookup host', 'bind9-dnsutils', 'bind-tools'],
  ['docker', 'docker-cli'],
  ['dot neato fdp sfdp circo twopi', 'graphviz'],
  ['espeak-ng espeak', 'espeak-ng'],
  ['exiftool', 'libimage-exiftool-perl', 'exiftool'],
  ['ffmpeg ffprobe', 'ffmpeg'],
  ['firefox firefox-esr', 'firefox-esr'],
  ['gdal_translate gdalwarp gdalinfo ogr2ogr', 'gdal-bin', 'gdal-tools'],
  ['gifsicle', 'gifsicle'],
  ['git', 'git'],
  ['git-lfs', 'git-lfs'],
  ['gm', 'graphicsmagick'],
  ['gpg', 'gnupg'],
  ['gs', 'ghostscript'],
  ['inkscape', 'inkscape'],
  ['ip ss tc', 'iproute2'],
  ['iptables ip6tables iptables-save iptables-restore', 'iptables'],
  ['java', 'openjdk-21-jre-headless', 'openjdk21-jre-headless'],
  ['jpegoptim', 'jpegoptim'],
  ['jq', 'jq'],
  ['libreoffice soffice', 'libreoffice-nogui', 'libreoffice'],
  ['lsof', 'lsof'],
  ['mediainfo', 'mediainfo'],
  ['mutool mudraw', 'mupdf-tools'],
  ['mysql mysqldump mysqladmin mariadb mariadb-dump', 'default-mysql-client', 'mariadb-client'],
  ['nmap', 'nmap'],
  ['node npm npx', 'nodejs npm'],
  ['openssl', 'openssl'],
  ['optipng', 'optipng'],
  ['pandoc', 'pandoc', 'pandoc-cli'],
  ['pdflatex xelatex lualatex', 'texlive-latex-base', 'texlive'],
  ['pdftotext pdftoppm pdftocairo pdfinfo pdfimages pdfunite pdfseparate', 'poppler-utils'],
  ['php', 'php-cli', 'php84'],
  ['ping', 'iputils-ping', ''],
  ['pngquant', 'pngquant'],
  ['potrace', 'potrace'],
  ['ps pgrep pkill pidof', 'procps', ''],
  ['psql pg_dump pg_restore pg_dumpall pg_isready', 'postgresql-client', 'postgresql17-client'],
  ['python3 python', 'python3'],
  ['qpdf', 'qpdf'],
  ['redis-cli', 'redis-tools', 'redis'],
  ['rsvg-convert', 'librsvg2-bin', 'rsvg-convert'],
  ['rsync', 'rsync'],
  ['socat', 'socat'],
  ['sox', 'sox'],
  ['sqlite3', 'sqlite3', 'sqlite'],
  ['ssh scp sftp ssh-keygen ssh-keyscan ssh-agent ssh-add', 'openssh-client', 'openssh-client-default'],
  ['strace', 'strace'],
  ['tesseract', 'tesseract-ocr tesseract-ocr-eng', 'tesseract-ocr tesseract-ocr-data-eng'],
  ['unzip', 'unzip', ''],
  ['wget', 'wget', ''],
  ['xz', 'xz-utils', ''],
  ['yt-dlp youtube-dl', 'yt-dlp'],
  ['zip', 'zip'],
  ['zstd', 'zstd'],
  // BusyBox has them on Alpine, and Debian's own essential packages on Debian
  [
    'sh cat cp mv rm ls ln mkdir rmdir chmod chown touch echo printf true false test env date sleep sort uniq head tail wc cut tr tee xargs find grep egrep sed awk tar gzip gunzip bzip2 df du stat id whoami uname hostname kill mount umount md5sum sha1sum sha256sum base64 mktemp nproc which diff cmp dd sync',
    '',
    '',
  ],
];

const BY_NAME: ReadonlyMap<string, ProgramPackages> = new Map(
  ROWS.flatMap(([names, apt, apk = apt]) =>
    names.split(' ').map((name) => [name, { apt: words(apt), apk: words(apk) }] as const),
  ),
);

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** The packages of a program by the name or the path that it is called by; undefined: no row knows it. */
export function programPackages(called: string): ProgramPackages | undefined {
  return BY_NAME.get(called.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, ''));
}
