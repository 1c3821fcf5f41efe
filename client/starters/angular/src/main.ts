import { ChangeDetectionStrategy, Component, computed, type ElementRef, effect, signal, viewChild, viewChildren } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { createClient, type Refusal } from '@lockstep/client';
import { injectVirtualizer } from '@tanstack/angular-virtual';
import type { Schema } from './lockstep';

const client = createClient<Schema>({ url: '/todo-app/', maxInFlight: 1 });
const todos = client.collection('todos');

const STATES = { connecting: 'Connecting', live: 'Live', offline: 'Offline', refused: 'Refused' };

@Component({
  selector: 'todo-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main class="page">
      <header class="masthead">
        <h1>Todos</h1>
        <p class="connection" [attr.data-state]="status().state" role="status" [title]="status().reason?.message ?? ''">
          @if (pending().length > 0) { <span class="waiting">{{ pending().length }} waiting</span> }
          {{ states[status().state] }}
        </p>
      </header>
      <form class="add" (submit)="add($event, draft)">
        <input #draft aria-label="New todo" placeholder="What is the next step?" required>
        <button>Add</button>
      </form>
      <fieldset class="filter">
        <legend>Which todos to show</legend>
        @for (each of filters; track each.name) {
          <label>
            <input type="radio" name="filter" [checked]="filter() === each.name" (change)="filter.set(each.name)">
            <span>{{ each.label }}</span>
          </label>
        }
        <output>{{ rows().length }}</output>
      </fieldset>
      @if (rows().length > 0) {
        <div #list class="list" tabindex="0" aria-label="Todos, newest first">
          <ol [style.height.px]="virtual.getTotalSize()">
            @for (row of visible(); track row.key) {
              <li #item [attr.data-index]="row.index" [class.is-completed]="row.todo.completed" [class.is-pending]="row.isPending"
                [attr.aria-posinset]="row.index + 1" [attr.aria-setsize]="rows().length"
                [style.transform]="'translateY(' + row.start + 'px)'">
                <label>
                  <input type="checkbox" [checked]="row.todo.completed" (change)="complete(row.todo.id, !row.todo.completed)">
                  <span>{{ row.todo.title }}</span>
                </label>
                <button [attr.aria-label]="'Remove: ' + row.todo.title" (click)="remove(row.todo.id)">×</button>
              </li>
            }
          </ol>
        </div>
      } @else {
        <p class="empty">{{ isReady() ? 'Nothing here.' : 'Reading the list.' }}</p>
      }
      <div class="refusals" role="alert">
        @for (refusal of refusals(); track refusal.mutationId) {
          <p>Not saved. {{ sentence(refusal) }} <button (click)="dismiss(refusal)">Dismiss</button></p>
        }
      </div>
    </main>
  `,
})
class TodoList {
  readonly states = STATES;
  readonly filters = [{ name: 'all', label: 'All' }, { name: 'open', label: 'Open' }, { name: 'done', label: 'Done' }];
  readonly filter = signal('all');
  readonly status = signal(client.status);
  readonly pending = signal(client.pending());
  readonly refusals = signal<readonly Refusal[]>([]);
  private readonly all = signal(todos.rows);
  protected readonly isReady = signal(todos.state !== 'empty');

  readonly rows = computed(() => {
    const filter = this.filter();
    return filter === 'all' ? this.all() : this.all().filter(({ completed }) => completed === (filter === 'done'));
  });

  /** Only rows that can be seen are in the page. */
  private readonly list = viewChild<ElementRef<HTMLElement>>('list');
  private readonly items = viewChildren<ElementRef<HTMLElement>>('item');
  readonly virtual = injectVirtualizer(() => ({
    scrollElement: this.list(),
    count: this.rows().length,
    getItemKey: (index) => todos.keyOf(this.rows()[index]!.id),
    estimateSize: () => 48,
    overscan: 8,
  }));
  readonly visible = computed(() => {
    const isAnyPending = this.pending().length > 0;
    return this.virtual.getVirtualItems().flatMap(({ index, key, start }) => {
      const todo = this.rows()[index];
      return todo ? [{ index, key, start, todo, isPending: isAnyPending && todos.isPending(todo.id) }] : [];
    });
  });

  constructor() {
    effect(() => this.items().forEach(({ nativeElement }) => this.virtual.measureElement(nativeElement)));
    client.onStatus((status) => this.status.set(status));
    client.onPending(() => this.pending.set(client.pending()));
    client.onRefused((refusal) => this.refusals.update((known) => [...known, refusal]));
    todos.subscribe(() => {
      this.all.set(todos.rows);
      this.isReady.set(todos.state !== 'empty');
    });
  }

  sentence({ issues, message }: Refusal) {
    return issues.map((issue) => `The ${issue.path.join('.')} ${issue.message}.`).join(' ') || message;
  }

  add(event: Event, draft: HTMLInputElement) {
    event.preventDefault();
    todos.insert({ title: draft.value });
    draft.value = '';
  }

  complete(id: string, completed: boolean) {
    todos.update(id, { completed });
  }

  remove(id: string) {
    todos.delete(id);
  }

  dismiss(refusal: Refusal) {
    this.refusals.update((known) => known.filter((each) => each !== refusal));
  }
}

void bootstrapApplication(TodoList);
