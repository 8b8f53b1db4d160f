import { h, render } from 'preact';

render(h('p', null, 'Lentil soup with plums'), document.getElementById('app'));
