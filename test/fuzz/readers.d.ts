/** What reads a file that a project has, and the names of those files. */
export declare const READERS: Readonly<Record<string, RegExp>>;
