import { height } from '@tides/format';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <h1>High water at Husum: {height(3.42)}</h1>
    </StrictMode>,
  );
}
