/// The one set of icons: lines of 1.5 px on a field of 20 by 20. They tell nothing by themselves, so screen
/// readers skip them; the control that holds one has a name.
enum Icon {
    case home, key, settings, logOut, menu, search, bin, copy, tick, plus, arrow, sort, warning, person, shield, globe
    case help, clock, company, code, download, eye, eyeClosed, close, keys, users, roles, audit, bell, bubble, filter

    var html: HTML { html(class: "") }

    func html(class name: String) -> HTML {
        """
        <svg class="icon \(name)" viewBox="0 0 20 20" aria-hidden="true" focusable="false">\(lines)</svg>
        """
    }

    private var lines: HTML {
        switch self {
        case .home: #"<path d="M3.5 8.8 10 3.5l6.5 5.3v7.7h-4.3v-4.6H7.8v4.6H3.5z"/>"#
        case .key: #"<circle cx="6.75" cy="10" r="3.25"/><path d="M10 10h7M14 10v2.75M17 10v2"/>"#
        case .settings:
            #"<path d="M3 6h7.5M14.5 6H17M3 14h2.5M9.5 14H17"/><circle cx="12.5" cy="6" r="2"/>"#
                + #"<circle cx="7.5" cy="14" r="2"/>"#
        case .logOut: #"<path d="M8 3.5H4.5v13H8M12.5 6.5 16 10l-3.5 3.5M16 10H8"/>"#
        case .menu: #"<path d="M3 5.5h14M3 10h14M3 14.5h14"/>"#
        case .search: #"<circle cx="9" cy="9" r="5"/><path d="m13 13 3.5 3.5"/>"#
        case .filter: #"<path d="M3.5 5.5h13M6 10h8M8.5 14.5h3"/>"#
        case .bin: #"<path d="M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.75 11h8.5l.75-11M8.4 8.75v4.75M11.6 8.75v4.75"/>"#
        case .copy:
            #"<rect x="7" y="7" width="9.5" height="9.5" rx="2"/>"#
                + #"<path d="M13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"/>"#
        case .tick: #"<path d="m4 10.5 4 4 8-9"/>"#
        case .plus: #"<path d="M10 4v12M4 10h12"/>"#
        case .arrow: #"<path d="m7.5 4.5 5.5 5.5-5.5 5.5"/>"#
        case .sort: #"<path d="M10 16V4M5.5 8.5 10 4l4.5 4.5"/>"#
        case .warning: #"<path d="M10 3 17.5 16.5h-15zM10 8v4M10 14.25v.01"/>"#
        case .person: #"<circle cx="10" cy="7" r="3.25"/><path d="M3.75 16.5a6.25 5 0 0 1 12.5 0"/>"#
        case .shield: #"<path d="M10 3l6 2v4.75c0 3.5-2.5 6-6 7.25-3.5-1.25-6-3.75-6-7.25V5z"/>"#
        case .globe:
            #"<circle cx="10" cy="10" r="6.75"/><path d="M3.25 10h13.5M10 3.25c4 4 4 9.5 0 13.5"/>"#
                + #"<path d="M10 3.25c-4 4-4 9.5 0 13.5"/>"#
        case .help:
            #"<circle cx="10" cy="10" r="6.75"/><path d="M8 8.25a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.2v.25M10 13.75v.01"/>"#
        case .clock: #"<circle cx="10" cy="10" r="6.75"/><path d="M10 6v4l2.75 1.75"/>"#
        case .company: #"<path d="M4 16.5v-13h7.5v13M11.5 8H16v8.5M2.5 16.5h15M6.75 7h2M6.75 10h2M6.75 13h2"/>"#
        case .code: #"<path d="m6.5 6-4 4 4 4M13.5 6l4 4-4 4M11.25 4l-2.5 12"/>"#
        case .download: #"<path d="M10 3.5v9M6 9l4 4 4-4M3.5 16.5h13"/>"#
        case .eye:
            #"<path d="M2.5 10c1.7-3.2 4.3-5 7.5-5s5.8 1.8 7.5 5c-1.7 3.2-4.3 5-7.5 5s-5.8-1.8-7.5-5z"/>"#
                + #"<circle cx="10" cy="10" r="2.25"/>"#
        case .eyeClosed:
            #"<path d="M2.5 10c1.7-3.2 4.3-5 7.5-5s5.8 1.8 7.5 5c-1.7 3.2-4.3 5-7.5 5s-5.8-1.8-7.5-5zM4 16.5l12-13"/>"#
                + #"<circle cx="10" cy="10" r="2.25"/>"#
        case .keys:
            #"<circle cx="6.25" cy="7" r="3"/><path d="M9.25 7H17M14.25 7v2.5"/>"#
                + #"<circle cx="6.25" cy="14.5" r="2"/><path d="M8.25 14.5H15M12.75 14.5v2"/>"#
        case .users:
            #"<circle cx="7.5" cy="7.25" r="2.75"/><path d="M2.5 16a5 4.5 0 0 1 10 0"/>"#
                + #"<path d="M12.5 4.75a2.75 2.75 0 0 1 0 5M14.5 11.9A5 4.5 0 0 1 17.5 16"/>"#
        case .roles:
            #"<rect x="3.5" y="3.5" width="13" height="13" rx="2"/><path d="M3.5 8h13M8 3.5v13M12.25 3.5v13M3.5 12.25h13"/>"#
        case .audit: #"<path d="M5 3.5h7.5L15.5 6.5v10H5zM7.75 8.5h5M7.75 11h5M7.75 13.5h3"/>"#
        case .bell:
            #"<path d="M10 3.25a4.5 4.5 0 0 1 4.5 4.5c0 3.75 1.75 4.75 1.75 6H3.75c0-1.25 1.75-2.25 1.75-6A4.5 4.5 0 0 1 10 3.25z"/>"#
                + #"<path d="M8.25 16.5h3.5"/>"#
        case .bubble:
            #"<path d="M5.25 4h9.5A1.75 1.75 0 0 1 16.5 5.75v6a1.75 1.75 0 0 1-1.75 1.75H10l-3.5 3v-3H5.25"/>"#
                + #"<path d="M5.25 13.5A1.75 1.75 0 0 1 3.5 11.75v-6A1.75 1.75 0 0 1 5.25 4"/>"#
        case .close: #"<path d="m5 5 10 10M15 5 5 15"/>"#
        }
    }
}

extension HTML {
    static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
}
