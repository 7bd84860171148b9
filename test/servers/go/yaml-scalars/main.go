// Command yaml-scalars says what Kubernetes' own YAML reading makes of scalars and of whole documents.
//
// It reads one JSON request a line, {"scalar": "..."} or {"document": "<base64>"}, and writes one JSON answer a line.
// JSON results travel as text, so that no number loses digits on the way.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type request struct {
	Scalar   *string `json:"scalar"`
	Document []byte  `json:"document"`
}

type result struct {
	JSON  string `json:"json,omitempty"`
	Error string `json:"error,omitempty"`
}

type answer struct {
	// A scalar as the value of `value: <scalar>`: the JSON text of that value.
	Value *result `json:"value,omitempty"`
	// A scalar as the key of `<scalar>: 1`: the JSON text of that key.
	Key *result `json:"key,omitempty"`
	// A document as sigs.k8s.io/yaml.YAMLToJSON and YAMLToJSONStrict read it.
	Document *result `json:"document,omitempty"`
	Strict   *result `json:"strict,omitempty"`
	// A text as kubectl reads it: split into documents, each decoded, stopping at the first error.
	Stream []result `json:"stream,omitempty"`
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			must(out.Encode(answerTo(line)))
		}
		if err == io.EOF {
			return
		}
		must(err)
	}
}

func answerTo(line []byte) answer {
	var asked request
	must(json.Unmarshal(line, &asked))
	if asked.Scalar != nil {
		return answer{Value: valueOf(*asked.Scalar), Key: keyOf(*asked.Scalar)}
	}
	return answer{
		Document: convert(asked.Document, yaml.YAMLToJSON),
		Strict:   convert(asked.Document, yaml.YAMLToJSONStrict),
		Stream:   stream(asked.Document),
	}
}

func valueOf(scalar string) *result {
	return onlyEntry("value: "+scalar+"\n", func(_ string, value json.RawMessage) string { return string(value) })
}

func keyOf(scalar string) *result {
	return onlyEntry(scalar+": 1\n", func(key string, _ json.RawMessage) string { return quote(key) })
}

// onlyEntry answers with a part of the document's one entry, or says that the text means something else.
func onlyEntry(text string, part func(string, json.RawMessage) string) *result {
	whole := convert([]byte(text), yaml.YAMLToJSON)
	if whole.Error != "" {
		return whole
	}
	var entries map[string]json.RawMessage
	if json.Unmarshal([]byte(whole.JSON), &entries) == nil && len(entries) == 1 {
		for key, value := range entries {
			return &result{JSON: part(key, value)}
		}
	}
	return &result{Error: "not one entry: " + whole.JSON}
}

func convert(text []byte, conversion func([]byte) ([]byte, error)) *result {
	converted, err := conversion(text)
	if err != nil {
		return &result{Error: err.Error()}
	}
	return &result{JSON: string(converted)}
}

// stream does what k8s.io/cli-runtime/pkg/resource.StreamVisitor does before it looks for a kind.
func stream(text []byte) []result {
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	var results []result
	for {
		var extension runtime.RawExtension
		if err := decoder.Decode(&extension); err == io.EOF {
			return results
		} else if err != nil {
			return append(results, result{Error: err.Error()})
		}
		raw := bytes.TrimSpace(extension.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		results = append(results, result{JSON: string(raw)})
	}
}

func quote(text string) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	must(encoder.Encode(text))
	return string(bytes.TrimRight(buffer.Bytes(), "\n"))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
