package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncCollection.Direction;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection whose table may hold values that the code no longer knows. */
@Entity(name = "WorkshopRelic")
@Table(name = "workshop_relics")
@SyncCollection(value = "relics", clientIds = true, orderBy = "id", direction = Direction.ASCENDING)
public class Relic {
    public static final String TABLE = "create table workshop_relics (id varchar(255) primary key, project varchar(255)"
            + " not null, title varchar(50), state varchar(20), age integer, code varchar(20))";

    /** An earlier version had another constant. */
    public enum State {
        FOUND,
        LOST
    }

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String title;

    @Enumerated(EnumType.STRING)
    @Nullable
    State state;

    int age;

    @Convert(converter = Even.class)
    @Nullable
    Integer code;

    /** Takes even numbers only. */
    public static class Even implements AttributeConverter<Integer, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Integer number) {
            return number == null ? null : number.toString();
        }

        @Override
        public @Nullable Integer convertToEntityAttribute(@Nullable String text) {
            if (text == null) {
                return null;
            }
            int number = Integer.parseInt(text);
            if (number % 2 != 0) {
                throw new IllegalStateException("odd");
            }
            return number;
        }
    }
}
