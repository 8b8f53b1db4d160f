import { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'nights/:day', loadComponent: () => import('./night').then((file) => file.Night) },
];
