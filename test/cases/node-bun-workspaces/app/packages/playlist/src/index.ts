import { nanoid } from 'nanoid';

export const tracks: readonly { id: string; title: string }[] = [{ id: nanoid(6), title: 'So What' }];
