// The official JavaScript client against the test server: HF_ENDPOINT says where that is.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createRepo, downloadFile, listFiles, modelInfo, uploadFiles, whoAmI } from "@huggingface/hub";

const hub = { hubUrl: process.env.HF_ENDPOINT, accessToken: "hf_alice_write" };
const repo = "acme/from-javascript";
const files = {
  "README.md": Buffer.from("# Tiny\n"),
  "1_Pooling/config.json": Buffer.from("{}\n"),
  "model.safetensors": randomBytes(700_000),
};

const me = await whoAmI(hub);
assert.equal(me.name, "alice");
await createRepo({ ...hub, repo, private: true });
const upload = (options) =>
  uploadFiles({
    ...hub,
    repo,
    useXet: false,
    files: Object.entries(files).map(([path, content]) => ({ path, content: new Blob([content]) })),
    ...options,
  });
const { commit } = await upload({ commitTitle: "Add a model" });
assert.equal((await modelInfo({ ...hub, name: repo, additionalFields: ["sha"] })).sha, commit.oid);
const { pullRequestUrl } = await upload({ isPullRequest: true });
assert.match(pullRequestUrl, /discussions\/1$/);

const listed = [];
for await (const file of listFiles({ ...hub, repo, recursive: true })) listed.push(file.path);
for (const [path, content] of Object.entries(files)) {
  assert.ok(listed.includes(path), path);
  const blob = await downloadFile({ ...hub, repo, path, xet: false });
  assert.ok(Buffer.from(await blob.arrayBuffer()).equals(content), path);
}
assert.equal(await downloadFile({ ...hub, repo, path: "nope.json" }), null);
await assert.rejects(modelInfo({ ...hub, accessToken: undefined, name: repo }));
console.log("@huggingface/hub: as with the real Hub");
