package dev.stator.tools.load;

import java.util.random.RandomGenerator;

/** Which of a number of keys comes next. Owned by one thread. */
public sealed interface KeyChooser {
    /** The index of a key, from 0 on. */
    long next(RandomGenerator random);

    /** How keys are chosen. */
    enum Distribution {
        UNIFORM,
        ZIPFIAN;

        /** A chooser among that many keys. */
        KeyChooser among(long keys) {
            return switch (this) {
                case UNIFORM -> new Uniform(keys);
                case ZIPFIAN -> new Zipfian(keys);
            };
        }
    }

    /** All keys alike. */
    record Uniform(long keys) implements KeyChooser {
        @Override
        public long next(RandomGenerator random) {
            return random.nextLong(keys);
        }
    }

    /**
     * The key of rank i is chosen with a probability in proportion to 1 / i^0.99, as YCSB has it,
     * in constant time: Gray et al., "Quickly Generating Billion-Record Synthetic Databases",
     * SIGMOD 1994, section 3.3. Ranks are scattered over the keys, so that popular ones are not
     * neighbours.
     */
    final class Zipfian implements KeyChooser {
        private static final double SKEW = 0.99;

        private final long keys;
        private final double zeta;
        private final double alpha;
        private final double eta;

        Zipfian(long keys) {
            this.keys = keys;
            this.zeta = zeta(keys);
            this.alpha = 1 / (1 - SKEW);
            this.eta = (1 - Math.pow(2.0 / keys, 1 - SKEW)) / (1 - zeta(2) / zeta);
        }

        /** The sum of 1 / i^0.99 for i from 1 to n. */
        static double zeta(long n) {
            double sum = 0;
            for (long i = 1; i <= n; i++) {
                sum += Math.pow((double) i, -SKEW);
            }
            return sum;
        }

        @Override
        public long next(RandomGenerator random) {
            return scatter(rank(random.nextDouble()));
        }

        /**
         * The rank, from 0 on, that a uniform number belongs to.
         *
         * @param uniform from 0 inclusive to 1 exclusive
         */
        long rank(double uniform) {
            double scaled = uniform * zeta;
            if (scaled < 1) {
                return 0;
            }
            if (scaled < 1 + Math.pow(0.5, SKEW)) {
                return Math.min(1, keys - 1);
            }
            return Math.min(keys - 1, (long) (keys * Math.pow(eta * uniform - eta + 1, alpha)));
        }

        /** Spreads ranks by the finalizer of SplitMix64; ranks may share a key, as in YCSB. */
        long scatter(long rank) {
            long mixed = rank + 0x9e3779b97f4a7c15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            return Long.remainderUnsigned(mixed ^ (mixed >>> 31), keys);
        }
    }
}
