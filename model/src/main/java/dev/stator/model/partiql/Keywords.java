package dev.stator.model.partiql;

import java.util.Locale;
import java.util.Set;

/**
 * The words that are no names unless they are quoted: the reserved words of SQL-92, and those that
 * PartiQL adds.
 */
final class Keywords {
    /** Only asked whether it contains a word, so that its order does not matter. */
    private static final Set<String> WORDS =
            Set.of(
                    ("absolute action add all allocate alter and any are as asc assertion at"
                                    + " authorization avg bag begin between bit bit_length blob bool"
                                    + " boolean by cascade cascaded case cast catalog char character"
                                    + " character_length char_length check clob close coalesce collate"
                                    + " collation column commit conflict connect connection constraint"
                                    + " constraints continue convert corresponding count create cross"
                                    + " current current_date current_time current_timestamp current_user"
                                    + " cursor date day deallocate dec decimal declare default deferrable"
                                    + " deferred delete desc describe descriptor diagnostics disconnect"
                                    + " distinct do domain double drop else end escape except exception"
                                    + " exec execute exists external extract false fetch first float for"
                                    + " foreign found from full get global go goto grant group having hour"
                                    + " identity immediate in index indicator initially inner input"
                                    + " insensitive insert int int2 int4 int8 integer integer2 integer4"
                                    + " integer8 intersect interval into is isolation join key language"
                                    + " last left let level like limit list local lower match max min"
                                    + " minute missing modified module month names national natural nchar"
                                    + " next no not nothing null nullif numeric octet_length of offset on"
                                    + " only open option or order outer output overlaps pad partial pivot"
                                    + " position precision prepare preserve primary prior privileges"
                                    + " procedure public read real references relative remove restrict"
                                    + " returning revoke right rollback rows schema scroll second section"
                                    + " select session session_user set sexp smallint some space sql"
                                    + " sqlcode sqlerror sqlstate string struct substring sum symbol"
                                    + " system_user table temporary then time timestamp timezone_hour"
                                    + " timezone_minute to transaction translate translation trim true"
                                    + " tuple union unique unknown unpivot update upper usage user using"
                                    + " value values varchar varying view when whenever where with work"
                                    + " write year zone")
                            .split(" "));

    private Keywords() {}

    static boolean contains(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}
