//! Settings of the server, one `key = value` a line; `#` begins a comment.

#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub host: String,
    pub port: u16,
    pub threads: usize,
}

impl Default for Config {
    fn default() -> Self {
        Config { host: "localhost".to_string(), port: 8080, threads: 4 }
    }
}

/// What the text says; what it does not say is as usual.
pub fn parse_config(text: &str) -> Config {
    let mut config = Config::default();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        let (key, value) = line.split_once('=').expect("a line needs an =");
        let (key, value) = (key.trim(), value.trim());
        match key {
            "host" => config.host = value.to_string(),
            "port" => config.port = value.parse().unwrap(),
            "threads" => config.threads = value.parse().unwrap(),
            other => panic!("unknown key {other}"),
        }
    }
    config
}
