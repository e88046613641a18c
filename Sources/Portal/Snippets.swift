/// Programs to paste that make the first call with a key, for the window that shows one.
///
/// They stand in docs/INTEGRATE.md too, where tests run them as they are; a test holds the two alike. But for the line
/// that puts the key into the environment, none holds it: a key in source code ends up in somebody's history.
struct Snippet {
    /// The address that stands in the texts for the one under which programs reach the service.
    static let placeholder = "https://keys.example.com"

    let id: String
    /// The language's own name, the same in all of ours.
    let name: String
    private let text: String

    func text(calling address: String) -> String {
        text.replacing(Snippet.placeholder, with: address)
    }

    static let all = [curl, python, javascript, go, php, swift]

    /// The line that puts a key into the environment of a shell.
    static let keyLine = "export LATCHKEY_KEY='YOUR_KEY'"
    /// What stands in that line for the key.
    static let keyPlaceholder = "YOUR_KEY"

    private static let curl = Snippet(
        id: "curl", name: "curl",
        text: #"""
            curl --fail-with-body -H "Authorization: Bearer $LATCHKEY_KEY" https://keys.example.com/v1/verify
            """#)

    private static let python = Snippet(
        id: "python", name: "Python",
        text: #"""
            import os
            import sys
            import urllib.error
            import urllib.request

            request = urllib.request.Request("https://keys.example.com/v1/verify")
            request.add_header("Authorization", "Bearer " + os.environ["LATCHKEY_KEY"])
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    print(answer.read().decode())
            except urllib.error.HTTPError as refusal:
                sys.exit(refusal.read().decode())
            """#)

    private static let javascript = Snippet(
        id: "javascript", name: "JavaScript",
        text: #"""
            const answer = await fetch("https://keys.example.com/v1/verify", {
              headers: { Authorization: `Bearer ${process.env.LATCHKEY_KEY}` },
            });
            console.log(await answer.text());
            process.exitCode = answer.ok ? 0 : 1;
            """#)

    private static let go = Snippet(
        id: "go", name: "Go",
        text: #"""
            package main

            import (
            	"io"
            	"log"
            	"net/http"
            	"os"
            )

            func main() {
            	request, err := http.NewRequest("GET", "https://keys.example.com/v1/verify", nil)
            	if err != nil {
            		log.Fatal(err)
            	}
            	request.Header.Set("Authorization", "Bearer "+os.Getenv("LATCHKEY_KEY"))
            	answer, err := http.DefaultClient.Do(request)
            	if err != nil {
            		log.Fatal(err)
            	}
            	defer answer.Body.Close()
            	io.Copy(os.Stdout, answer.Body)
            	if answer.StatusCode != http.StatusOK {
            		os.Exit(1)
            	}
            }
            """#)

    private static let php = Snippet(
        id: "php", name: "PHP",
        text: #"""
            <?php
            $curl = curl_init("https://keys.example.com/v1/verify");
            curl_setopt($curl, CURLOPT_HTTPHEADER, ["Authorization: Bearer " . getenv("LATCHKEY_KEY")]);
            curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
            echo curl_exec($curl);
            exit(curl_getinfo($curl, CURLINFO_RESPONSE_CODE) === 200 ? 0 : 1);
            """#)

    private static let swift = Snippet(
        id: "swift", name: "Swift",
        text: #"""
            import Foundation
            #if canImport(FoundationNetworking)
            import FoundationNetworking
            #endif

            let key = ProcessInfo.processInfo.environment["LATCHKEY_KEY"] ?? ""
            var request = URLRequest(url: URL(string: "https://keys.example.com/v1/verify")!)
            request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
            let (body, answer) = try await URLSession.shared.data(for: request)
            print(String(decoding: body, as: UTF8.self))
            exit((answer as? HTTPURLResponse)?.statusCode == 200 ? 0 : 1)
            """#)
}
