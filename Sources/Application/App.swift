import Community
import Costs
import Events
import Evidence
import Grids
import Inquiries
import Library
import Notes
import Platform
import Reviews
import Territories
import Texts
import Visits

/// The application: the list of its capabilities. Adding one is a line here and a line in `Package.swift`.
public enum App {
    public static let version = "0.1.0"

    /// What each capability takes from a programme file, in an order where each finds what it refers to.
    static let parts = [TerritoriesFeature.part, GridsFeature.part, VisitsFeature.part, EventsFeature.part]

    public static let features: [Feature] = [
        PlatformFeature.feature,
        CommunityFeature.feature(parts: parts, start: VisitsFeature.start),
        TerritoriesFeature.feature,
        GridsFeature.feature,
        EventsFeature.feature,
        VisitsFeature.feature,
        TextsFeature.feature,
        NotesFeature.feature,
        InquiriesFeature.feature,
        ReviewsFeature.feature,
        CostsFeature.feature,
        EvidenceFeature.feature,
        LibraryFeature.feature,
    ]
}
