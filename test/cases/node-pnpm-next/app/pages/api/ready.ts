import type { NextApiRequest, NextApiResponse } from 'next';

export default function ready(_: NextApiRequest, response: NextApiResponse) {
  response.json({ ready: true });
}
