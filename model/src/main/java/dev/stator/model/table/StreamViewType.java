package dev.stator.model.table;

/** What a stream record holds (API reference, StreamSpecification). */
public enum StreamViewType {
    NEW_IMAGE,
    OLD_IMAGE,
    NEW_AND_OLD_IMAGES,
    KEYS_ONLY
}
