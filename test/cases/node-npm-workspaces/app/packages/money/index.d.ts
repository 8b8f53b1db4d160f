export declare function price(cents: number): string;
