import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import App from './App.vue'

const routes = [{ path: '/lines/:line', component: () => import('./Line.vue') }]
const router = createRouter({ history: createWebHistory(process.env.BASE_URL), routes })

createApp(App).use(router).mount('#app')
