import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import App from './App.vue';
import Seeds from './Seeds.vue';

const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [{ path: '/seeds/:kind?', component: Seeds }],
});

createApp(App).use(router).mount('#app');
