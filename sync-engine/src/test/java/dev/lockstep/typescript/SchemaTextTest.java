package dev.lockstep.typescript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.sample.Parcel;
import dev.lockstep.sample.Task;
import dev.lockstep.sample.shape.KeyShapes;
import dev.lockstep.sample.typed.Ticket;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SchemaTextTest {
    private static String text(Class<?>... entities) {
        CollectionRegistry collections = new CollectionRegistry(List.of(entities));
        String application = collections.applications().iterator().next();
        return new SchemaText(application, collections.of(application)).toString();
    }

    @Test
    @Tag("CFS30")
    @DisplayName("[CFS30] rows have all sent fields; inserts and updates those that clients may write")
    void task() {
        assertThat(text(Task.class)).isEqualTo("""
                // Types of the application 'workshop', written by Lockstep's build from its entities. Edits are lost.

                /** A row of `tasks`. A row is in one room, named by `project`. */
                export interface Task {
                  readonly id: string;
                  readonly project: string;
                  readonly title: string;
                  readonly effort: number;
                  readonly priority: 'LOW' | 'HIGH' | null;
                  readonly dueAt: string | null;
                  readonly createdAt: string;
                  readonly updatedAt: string;
                }

                /** The fields of a new row of `tasks`. It keeps the client's id. */
                export interface TaskInsert {
                  title: string;
                  effort?: number;
                  priority?: 'LOW' | 'HIGH' | null;
                  dueAt?: string | null;
                }

                /** The fields that an update of `tasks` may change. */
                export interface TaskUpdate {
                  title?: string;
                  effort?: number;
                  priority?: 'LOW' | 'HIGH' | null;
                  dueAt?: string | null;
                }

                /** The collections of `workshop`, for `createClient<Schema>()`. */
                export interface Schema {
                  'tasks': {
                    row: Task;
                    insert: TaskInsert;
                    update: TaskUpdate;
                    operations: 'insert' | 'update' | 'delete';
                    scope: never;
                  };
                }
                """);
    }

    @Test
    @Tag("CFS30")
    @DisplayName("[CFS30] fields with restricted access, long numbers, versions and scopes have their types")
    void ticket() {
        assertThat(text(Ticket.class))
                .contains("""
                /** A row of `tickets`. All rooms share the rows. Lists of a scope have the rows with that `desk`. \
                Never sent: `pin`. */
                export interface Ticket {
                  readonly id: string;
                  readonly desk: string | null;
                  readonly number: string;
                  readonly status: string | null;
                  readonly 'opened-by': string | null;
                  readonly version: number;
                }
                """)
                .contains("""
                export interface TicketInsert {
                  desk?: string | null;
                  number: string;
                  pin?: string | null;
                }
                """)
                .contains("""
                /** The fields that an update of `tickets` may change. With `version`, an outdated update is refused. */
                export interface TicketUpdate {
                  desk?: string | null;
                  number?: string;
                  status?: string | null;
                  pin?: string | null;
                  version?: number;
                }
                """)
                .contains("    operations: 'insert' | 'update';\n    scope: 'desk';\n");
    }

    @Test
    @Tag("CFS30")
    @DisplayName("[CFS30] an owner is in rows only")
    void owner() {
        String text = text(Parcel.class);

        assertThat(text).contains("  readonly ownerId: string;\n");
        assertThat(text).contains("export interface ParcelInsert {\n  content?: string | null;\n}");
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] the parts of an id of several columns are fields of rows and inserts, and not of updates")
    void partsOfIds() {
        assertThat(text(KeyShapes.Line.class))
                .contains("  readonly id: string;\n  readonly invoice: string;\n  readonly number: number;\n")
                .contains("Its id is made of `invoice`, `number`. */\nexport interface Line"
                        + "Insert {\n  invoice: string;\n  number: number;\n")
                .contains("export interface LineUpdate {\n  place?: string | null;\n");
    }
}
