"""Asks the server with LiteLLM; prints what came back as JSON."""

import json
import sys

import litellm

given = json.loads(sys.argv[1])
asked = {
    "model": f"openai/{given['model']}",
    "api_base": given["base"],
    "api_key": "none is needed",
    "messages": [{"role": "user", "content": "a shampoo"}],
    "num_retries": 0,
}
answer = litellm.completion(**asked, temperature=0.3)
streamed = "".join(chunk.choices[0].delta.content or "" for chunk in litellm.completion(**asked, stream=True))
schema = {"name": "items", "strict": True, "schema": given["schema"]}
form = litellm.completion(**asked, response_format={"type": "json_schema", "json_schema": schema})
offered = litellm.completion(**asked, tools=[given["tool"]])
try:
    litellm.completion(**asked, tools=[given["tool"]], tool_choice="required")
    refused = None
except litellm.BadRequestError as error:
    refused = str(error)
print(
    json.dumps(
        {
            "text": answer.choices[0].message.content,
            "tokens": answer.usage.completion_tokens,
            "streamed": streamed,
            "form": json.loads(form.choices[0].message.content),
            "tool_calls": offered.choices[0].message.tool_calls or [],
            "refused": refused,
        }
    )
)
