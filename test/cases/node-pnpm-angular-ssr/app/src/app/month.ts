import { Component, input } from '@angular/core';

@Component({ selector: 'app-month', template: `<p>The sun in {{ name() ?? 'this month' }}: {{ at }}</p>` })
export class Month {
  readonly name = input<string>();
  protected readonly at = new Date(0).toISOString();
}
