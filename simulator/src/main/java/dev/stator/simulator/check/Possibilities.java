package dev.stator.simulator.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of possibilities, without those that another one makes superfluous: the same item, the same
 * known calls in effect, and of the calls with unknown outcome a part of those used.
 */
final class Possibilities {
    private final BitSet unknown;
    private final LinearizabilityChecker.Effort effort;
    private final Map<Possibility, List<BitSet>> usedUnknown = new LinkedHashMap<>();
    private int size;

    /**
     * @param unknown the calls whose outcome is unknown
     */
    Possibilities(BitSet unknown, LinearizabilityChecker.Effort effort) {
        this.unknown = unknown;
        this.effort = effort;
    }

    /**
     * @return false where it, or one that makes it superfluous, is there already
     */
    boolean add(Possibility possibility) {
        BitSet known = (BitSet) possibility.effective().clone();
        known.andNot(unknown);
        BitSet used = (BitSet) possibility.effective().clone();
        used.and(unknown);
        List<BitSet> others =
                usedUnknown.computeIfAbsent(
                        new Possibility(possibility.image(), known), _ -> new ArrayList<>(1));
        effort.comparisons += 1 + others.size();
        for (BitSet other : others) {
            if (isPartOf(other, used)) {
                return false;
            }
        }
        int before = others.size();
        others.removeIf(other -> isPartOf(used, other));
        others.add(used);
        size += others.size() - before;
        return true;
    }

    private static boolean isPartOf(BitSet part, BitSet whole) {
        if (part.isEmpty()) {
            return true;
        }
        BitSet rest = (BitSet) part.clone();
        rest.andNot(whole);
        return rest.isEmpty();
    }

    boolean isEmpty() {
        return usedUnknown.isEmpty();
    }

    int size() {
        return size;
    }

    List<Possibility> all() {
        List<Possibility> all = new ArrayList<>(size);
        usedUnknown.forEach((known, used) -> {
            for (BitSet calls : used) {
                BitSet effective = (BitSet) known.effective().clone();
                effective.or(calls);
                all.add(new Possibility(known.image(), effective));
            }
        });
        return all;
    }
}
