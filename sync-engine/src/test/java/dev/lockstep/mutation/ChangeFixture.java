package dev.lockstep.mutation;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.References;
import dev.lockstep.database.TestDatabase;

/** Prepared changes for tests that only count them. */
final class ChangeFixture {
    static final PreparedChange ANY = new PreparedChange.Delete(tasks(), new EntityId("any"), References.NONE);

    private ChangeFixture() {}

    private static CollectionModel tasks() {
        return TestDatabase.collections()
                .find("workshop", new CollectionName("tasks"))
                .orElseThrow();
    }
}
