import { Routes } from '@angular/router';
import { Month } from './month';

export const routes: Routes = [
  { path: '', component: Month },
  { path: 'months/:name', component: Month },
];
