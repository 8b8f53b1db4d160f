import { Component, input } from '@angular/core';

@Component({ selector: 'app-night', template: `<p>On duty in the night of {{ day() }}: nobody yet</p>` })
export class Night {
  readonly day = input.required<string>();
}
