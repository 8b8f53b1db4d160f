import type { GetStaticProps } from 'next';

interface Props {
  readonly time: number;
  readonly phase: string | undefined;
}

// made again when it is asked for and a second old
export const getStaticProps: GetStaticProps<Props> = async () => ({
  props: { time: Date.now(), phase: process.env.NEXT_PHASE ?? 'serving' },
  revalidate: 1,
});

export default function Clock({ time, phase }: Props) {
  return (
    <p>
      Made at {time} while {phase}
    </p>
  );
}
