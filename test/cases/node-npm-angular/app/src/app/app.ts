import { Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';

@Component({
  imports: [RouterLink, RouterOutlet],
  selector: 'app-root',
  template: `<h1>Duty roster</h1><a routerLink="/nights/monday">Monday</a><router-outlet />`,
})
export class App {}
