mod config;

use config::{parse_config, Config, ConfigError};

#[test]
fn good_settings_are_read() {
    let text = "# server\nport = 99 # here\n\nhost=example.org\n";
    let wanted = Config { host: "example.org".to_string(), port: 99, threads: 4 };
    assert_eq!(parse_config(text), Ok(wanted));
    assert_eq!(parse_config(""), Ok(Config::default()));
}

#[test]
fn bad_lines_are_named() {
    assert_eq!(parse_config("port = 1\nhost"), Err(ConfigError::MissingEquals { line: 2 }));
    assert_eq!(
        parse_config("\n\ncolour = red"),
        Err(ConfigError::UnknownKey { line: 3, key: "colour".to_string() })
    );
    for value in ["70000", "-1", "many", ""] {
        assert_eq!(
            parse_config(&format!("port = {value}")),
            Err(ConfigError::BadNumber { line: 1, key: "port".to_string() })
        );
    }
    assert!(parse_config("threads = x").is_err());
}

#[test]
fn an_error_is_one() {
    let error: Box<dyn std::error::Error> = Box::new(parse_config("# a\n# b\nx").unwrap_err());
    assert!(error.to_string().contains('3'), "{error}");
}
