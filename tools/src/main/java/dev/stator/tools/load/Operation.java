package dev.stator.tools.load;

/** What a request does. */
public enum Operation {
    PUT("PutItem"),
    PUT_IN_COLLECTION("PutItem"),
    GET_STRONG("GetItem"),
    GET_EVENTUAL("GetItem"),
    UPDATE("UpdateItem"),
    QUERY("Query");

    private final String apiName;

    Operation(String apiName) {
        this.apiName = apiName;
    }

    String apiName() {
        return apiName;
    }

    RequestTemplate template(Tables tables) {
        return switch (this) {
            case PUT -> ItemForm.put(tables);
            case PUT_IN_COLLECTION -> ItemForm.putInCollection(tables);
            case GET_STRONG -> ItemForm.get(tables, true);
            case GET_EVENTUAL -> ItemForm.get(tables, false);
            case UPDATE -> ItemForm.update(tables);
            case QUERY -> ItemForm.query(tables);
        };
    }

    boolean isOnCollections() {
        return this == QUERY || this == PUT_IN_COLLECTION;
    }
}
