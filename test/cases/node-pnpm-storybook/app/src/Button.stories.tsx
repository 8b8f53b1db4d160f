import type { Meta, StoryObj } from '@storybook/react-vite';
import { Button } from './Button';

const meta = { title: 'Button', component: Button } satisfies Meta<typeof Button>;
export default meta;

export const Ring: StoryObj<typeof meta> = { args: { label: 'Ring the bell' } };
