package dev.lockstep.typescript;

import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code lockstep.d.ts}: interfaces for rows, inserts and updates, and the {@code Schema} of the client. */
final class SchemaText {
    private static final String SCHEMA = "Schema";
    private static final String NOTHING = "never";

    private final String application;
    private final List<CollectionModel> models;

    SchemaText(String application, List<CollectionModel> models) {
        this.application = application;
        this.models = models;
    }

    /** The entity's name; the class name with its package where several entities have it. */
    private String interfaceName(CollectionModel model) {
        String simple = model.entity().getSimpleName();
        long same = models.stream()
                .map(each -> each.entity().getSimpleName())
                .filter(other -> other.equals(simple) || isDerived(simple, other) || isDerived(other, simple))
                .count();
        return same > 1 || simple.equals(SCHEMA) ? model.entity().getName().replace('.', '_') : simple;
    }

    private static boolean isDerived(String name, String from) {
        return name.equals(from + "Insert") || name.equals(from + "Update");
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add("// Types of the application '" + application
                + "', written by Lockstep's build from its entities. Edits are" + " lost.");
        for (CollectionModel model : models) {
            parts.add(row(model));
            insert(model).ifPresent(parts::add);
            update(model).ifPresent(parts::add);
        }
        parts.add(schema());
        return String.join("\n\n", parts) + "\n";
    }

    private String row(CollectionModel model) {
        return comment("A row of `" + model.name() + "`. " + room(model) + scope(model) + neverSent(model))
                + members(interfaceName(model), model, FieldModel::isSent, FieldText::ofRow);
    }

    private static String room(CollectionModel model) {
        if (model.hasOwnRooms()) {
            return "Each row is a room of its own, named by its id.";
        }
        return model.roomField()
                .map(field -> "A row is in one room" + (field.isSent() ? ", named by `" + field.name() + "`." : "."))
                .orElse("All rooms share the rows.");
    }

    private static String scope(CollectionModel model) {
        return model.scope()
                .map(field -> " Lists of a scope have the rows with that `" + field.name() + "`.")
                .orElse("");
    }

    private static String neverSent(CollectionModel model) {
        String names = model.fields().stream()
                .filter(field -> !field.isSent() && (field.isWrittenByInserts() || field.isWrittenByUpdates()))
                .map(field -> "`" + field.name() + "`")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " Never sent: " + names + ".";
    }

    private Optional<String> insert(CollectionModel model) {
        return model.operations().contains(Operation.INSERT)
                ? Optional.of(comment("The fields of a new row of `" + model.name() + "`. " + id(model))
                        + members(
                                interfaceName(model) + "Insert",
                                model,
                                FieldModel::isWrittenByInserts,
                                FieldText::ofInsert))
                : Optional.empty();
    }

    private static String id(CollectionModel model) {
        if (model.idField().key().isPresent()) {
            return "Its id is made of "
                    + model.idFields().stream()
                            .map(field -> "`" + field.name() + "`")
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        return model.clientIds() ? "It keeps the client's id." : "The server makes its id.";
    }

    private Optional<String> update(CollectionModel model) {
        return model.operations().contains(Operation.UPDATE)
                ? Optional.of(comment("The fields that an update of `" + model.name() + "` may change."
                                + model.versionField()
                                        .map(version -> " With `" + version + "`, an outdated update is refused.")
                                        .orElse(""))
                        + members(interfaceName(model) + "Update", model, model::isNamedInUpdates, FieldText::ofUpdate))
                : Optional.empty();
    }

    private static String members(
            String name, CollectionModel model, Predicate<FieldModel> included, Function<FieldText, String> member) {
        return model.fields().stream()
                .filter(included)
                .map(field -> "  " + member.apply(new FieldText(model, field)) + "\n")
                .collect(Collectors.joining("", "export interface " + name + " {\n", "}"));
    }

    private String schema() {
        String start = comment("The collections of `" + application + "`, for `createClient<Schema>()`.")
                + "export interface Schema {\n";
        return models.stream().map(this::entry).collect(Collectors.joining("", start, "}"));
    }

    private String entry(CollectionModel model) {
        String name = interfaceName(model);
        String operations = Stream.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE)
                .filter(model.operations()::contains)
                .map(operation -> FieldText.quoted(operation.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" | "));
        return "  " + FieldText.quoted(model.name().value()) + ": {\n    row: " + name + ";\n    insert: "
                + (insert(model).isPresent() ? name + "Insert" : NOTHING) + ";\n    update: "
                + (update(model).isPresent() ? name + "Update" : NOTHING) + ";\n    operations: "
                + (operations.isEmpty() ? NOTHING : operations) + ";\n    scope: "
                + model.scope().map(field -> FieldText.quoted(field.name())).orElse(NOTHING) + ";\n  };\n";
    }

    private static String comment(String sentence) {
        return "/** " + sentence + " */\n";
    }
}
