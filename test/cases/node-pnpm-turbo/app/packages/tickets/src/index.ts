export interface Ticket {
  readonly title: string;
}

export const open = (): readonly Ticket[] => [{ title: 'Fix the printer' }];
