package dev.stator.tools.fuzz;

import java.util.List;
import java.util.Map;

/**
 * What came of the cases.
 *
 * @param byStatus how many ended with each HTTP status; 0 is for those that were hung up on
 * @param compared how often the items were compared after a refusal
 */
public record FuzzResult(Map<Integer, Long> byStatus, long compared, List<Finding> findings) {}
