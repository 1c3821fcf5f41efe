import { mount } from 'svelte';
import App from './App.svelte';
import './todo.css';

mount(App, { target: document.getElementById('app')! });
