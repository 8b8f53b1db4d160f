import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Link, RouterProvider } from 'react-router';
import { harbour } from './api';

const router = createBrowserRouter([
  { path: '/', element: <Link to="/harbours/kiel">Kiel</Link> },
  { path: '/harbours/:name', element: <p>{harbour()}</p> },
]);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
