import { nanoid } from 'nanoid';

export const load = () => ({ id: nanoid(), at: 'sea' });
