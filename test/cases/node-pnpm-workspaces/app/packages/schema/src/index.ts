import { z } from 'zod';

export const note = z.object({ id: z.coerce.number(), text: z.string() });
