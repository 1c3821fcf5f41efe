package dev.lockstep.collection.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FloatingPointTest {
    @Test
    @Tag("MUT26")
    @Tag("CW4")
    @DisplayName("[MUT26][CW4] among the decimals that a column stores as the same number, the shortest is sent")
    void shortest() {
        assertThat(FloatingPoint.SINGLE.shortest((double) 0.1f)).isEqualTo(0.1);
        assertThat(FloatingPoint.SINGLE.shortest(0.1)).isEqualTo(0.1);
        assertThat(FloatingPoint.SINGLE.shortest(-0.0)).isEqualTo(-0.0);
        assertThat(FloatingPoint.SINGLE.shortest(new BigDecimal("0.100000001490116119384765625")))
                .isEqualTo(new BigDecimal("0.1"));
        assertThat(FloatingPoint.DOUBLE.shortest(0.1)).isEqualTo(0.1);
        assertThat(FloatingPoint.DOUBLE.shortest(
                        new BigDecimal("0.1000000000000000055511151231257827021181583404541015625")))
                .isEqualTo(new BigDecimal("0.1"));
    }

    @Test
    @Tag("MUT26")
    @Tag("CW4")
    @DisplayName("[MUT26][CW4] a number that the column cannot store stays unchanged, so that the database refuses it")
    void cannotBeStored() {
        assertThat(FloatingPoint.SINGLE.shortest(1e300)).isEqualTo(1e300);
        assertThat(FloatingPoint.SINGLE.shortest(1e-300)).isEqualTo(1e-300);
        BigDecimal large = new BigDecimal("1e400");
        assertThat(FloatingPoint.DOUBLE.shortest(large)).isEqualTo(large);
    }

    @Test
    @Tag("MUT26")
    @DisplayName("[MUT26] values of other types stay unchanged")
    void others() {
        assertThat(FloatingPoint.SINGLE.shortest(7L)).isEqualTo(7L);
        assertThat(FloatingPoint.SINGLE.shortest(0.1f)).isEqualTo(0.1f);
    }
}
