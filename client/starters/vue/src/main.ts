import { createApp } from 'vue';
import App from './App.vue';
import './todo.css';

createApp(App).mount('#app');
