package dev.lockstep.collection.value;

import dev.lockstep.collection.value.JsonBinding.UnboundValue;
import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.lang.reflect.Type;

/** The type of a JSON column, whose values are sent as they are and replaced as a whole. */
final class JsonTypes {
    private JsonTypes() {}

    static FieldType<JsonContent> of(Type javaType) {
        EntityForm form = EntityForm.of(
                value -> JsonContent.of(JsonBinding.toPlain(value)),
                content -> JsonBinding.toEntity(javaType, JsonBinding.parsed(((JsonContent) content).text())));
        return new FieldType<>(
                new JsonKind.Any(), json -> read(javaType, json), (json, content) -> json.raw(content.text()), form);
    }

    /** Members that the type does not have are left out; those that a client leaves out have their initial values. */
    private static ParseResult read(Type javaType, Object json) {
        try {
            JsonContent sent = JsonContent.of(json);
            if (sent.text().length() > FieldType.TEXT_CHARACTERS_MAX) {
                return new Problem("is too long: at most " + FieldType.TEXT_CHARACTERS_MAX + " characters");
            }
            return new Value(JsonContent.of(
                    JsonBinding.toPlain(JsonBinding.toEntity(javaType, JsonBinding.parsed(sent.text())))));
        } catch (UnboundValue unbound) {
            return unbound.problem();
        } catch (ClassCastException other) {
            return new Problem("expected another kind of JSON");
        } catch (IllegalArgumentException invalid) {
            return new Problem(String.valueOf(invalid.getMessage()));
        }
    }
}
