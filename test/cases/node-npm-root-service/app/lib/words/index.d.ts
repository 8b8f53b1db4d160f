export declare const greeting: string;
